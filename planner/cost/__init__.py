"""What positions cost, line by line, in exact decimals: pay, differentials and employer costs, and which fund pays which cent."""
