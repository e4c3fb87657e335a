"""Savings ideas: spotted in remarks, confirmed by people, weighed by what they do to customers."""
