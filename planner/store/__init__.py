"""What an office decided, kept: datasets, scenarios, runs, plans, which plan is ours, and who did
what when.
"""
