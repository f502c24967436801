"""What readers' votes and ballots make of a motion: computed outside of any page, and kept."""
