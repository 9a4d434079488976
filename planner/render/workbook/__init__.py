"""What a plan looks like in its workbook, and the rows and layouts that printed pages share with
it.
"""
