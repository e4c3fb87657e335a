"""What leaves the product: tables as CSV and XLSX, charts as PNG and SVG."""
