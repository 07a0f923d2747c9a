"""Residents at the web chat as load: what their pages put on the wire, and how long the answers take."""
