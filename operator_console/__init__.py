"""The operator's side in a browser: pages, styles and scripts. Its data is handed to it; it decides nothing."""
