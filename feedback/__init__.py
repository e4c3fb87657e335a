"""Klantpanel: what an SSC's internal customers say, as themes against service areas and savings ideas."""
