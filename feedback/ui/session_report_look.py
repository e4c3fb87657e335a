"""How a report looks on the screen and on paper."""

from __future__ import annotations

LOOK = """<style>
.sr {max-width: 52rem; line-height: 1.5}
.sr .sr-lead {opacity: .8; margin: 0 0 .5rem}
.sr .sr-notice {font-weight: 600; padding: .5rem .75rem; border-radius: .5rem; background: rgba(200, 100, 26, .16)}
.sr h2 {font-size: 1.5rem; padding: 0; margin: 2rem 0 .5rem}
.sr h3 {font-size: 1.1rem; padding: 0; margin: 1.25rem 0 .25rem}
.sr p {margin: 0 0 .5rem}
.sr ul, .sr ol {margin: 0 0 .75rem; padding-left: 1.5rem}
.sr .sr-small {font-size: .85rem; opacity: .8}
.sr .sr-head {font-weight: 600; margin: .75rem 0 .25rem}
.sr blockquote {margin: .35rem 0; padding: 0 0 0 .85rem; border-left: .2rem solid #3f7ab3; overflow-wrap: anywhere; opacity: 1}
.sr table {width: 100%; border-collapse: collapse; font-size: .9rem; margin: .5rem 0 1rem}
.sr caption {text-align: left; font-weight: 600; padding: 0 0 .25rem; color: inherit; caption-side: top}
.sr table.sr-narrow {max-width: 26rem}
.sr caption.sr-unseen {position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden}
.sr th, .sr td {text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border: 0;
  border-bottom: 1px solid rgba(128, 128, 128, .3); overflow-wrap: anywhere; font-weight: 400}
.sr tbody th {font-weight: 500}
.sr thead th {font-size: .8rem; opacity: .8}
.sr .sr-figure {text-align: right; padding-right: .25rem; font-variant-numeric: tabular-nums; overflow-wrap: normal}
.sr-chart {margin: .5rem 0 1rem; font-size: .9rem}
.sr-legend {display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-bottom: .5rem}
.sr-legend i {display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .4rem}
.sr-bar {display: grid; grid-template-columns: minmax(7rem, 15rem) 1fr; gap: .75rem; align-items: center; padding: .15rem 0}
.sr-name {text-align: right; overflow-wrap: anywhere}
.sr-track {display: flex; align-items: center; min-width: 0}
.sr-piece {min-height: 1.5rem; display: flex; align-items: center; justify-content: center; border-radius: 2px; color: #000;
  font-size: .8rem; font-weight: 600; overflow: hidden; print-color-adjust: exact; -webkit-print-color-adjust: exact}
.sr-legend i {print-color-adjust: exact; -webkit-print-color-adjust: exact}
.sr-track b {padding-left: .4rem; font-weight: 500}
@media (max-width: 640px) {
  .sr-bar {grid-template-columns: 1fr; gap: 0}
  .sr-name {text-align: left}
  .sr thead {position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden}
  .sr table, .sr tbody, .sr caption, .sr tr, .sr td, .sr tbody th {display: block}
  .sr tr {padding: .35rem 0; border-bottom: 1px solid rgba(128, 128, 128, .3)}
  .sr td, .sr tbody th, .sr .sr-figure {border: 0; padding: .1rem 0; text-align: left}
  .sr td:empty {display: none}
  .sr td::before {content: attr(data-name) ": "; opacity: .8}
}
@media print {
  @page {size: A4; margin: 18mm 20mm}
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], .st-key-session_report_controls,
  :has(> .st-key-session_report_controls), .st-key-example_mark {display: none !important}
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], .stApp > div {
    position: static !important; height: auto !important; overflow: visible !important; background: #fff !important;
    color: #000 !important; color-scheme: light}
  [data-testid="stMainBlockContainer"] {padding: 0 !important; max-width: none}
  [data-testid="stMainBlockContainer"], [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {
    display: block !important}
  .st-key-page_title h1 {color: #000 !important; font-size: 24pt; padding: 0}
  .sr {max-width: none; font-size: 10.5pt}
  .sr, .sr h2, .sr h3, .sr p, .sr li, .sr th, .sr td, .sr caption, .sr blockquote, .sr-name, .sr-legend, .sr-track b {
    color: #000 !important; opacity: 1 !important}
  .sr h2 {font-size: 16pt} .sr h3 {font-size: 12.5pt}
  .sr h2, .sr h3, .sr caption, .sr .sr-head {break-after: avoid}
  .sr tr, .sr blockquote, .sr-bar, .sr li, .sr-theme {break-inside: avoid}
  .sr thead {display: table-header-group}
}
</style>"""
PRINT_BUTTON = """
export default function({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data;
  button.onclick = () => window.print();
}
"""
PRINT_STYLE = """
button {font: inherit; font-size: .875rem; padding: .25rem .75rem; min-height: 2.5rem; border-radius: .5rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color); border: 1px solid var(--st-border-color)}
button:hover, button:focus-visible {border-color: var(--st-primary-color); color: var(--st-primary-color)}
"""
