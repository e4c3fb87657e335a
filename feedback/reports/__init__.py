"""What leaves the product: tables as CSV and XLSX, charts as PNG and SVG, the report of a workshop as DOCX, PPTX and HTML."""
