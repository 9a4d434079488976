"""Keep what an office decided: datasets, scenarios, runs, plans, and who did what when.

Also which plan is ours.
"""
