"""Cases of the real catalogue: who gets which programme, as a careful adviser reads the fact sheet."""
