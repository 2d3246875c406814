"""The table without a window: pictures of maps and screens, and what drawing costs."""
