"""What every screen is built from: theme, fonts, text, symbols, widgets and lists."""
