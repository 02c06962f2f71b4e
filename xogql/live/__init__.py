"""The bell: followers hear that a stream has grown, and read on."""
