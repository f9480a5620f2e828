"""The kiosk's screens: each module says which words and buttons one step of a session shows, and decides nothing."""
