"""An officer's console in a real browser, thousands of tips behind it, and the loop it is compared with."""
