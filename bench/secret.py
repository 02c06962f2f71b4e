"""What the measured servers sign tokens with."""

SECRET = "the secret of the benchmarks: 5yJw0s6yQpUu4cVb"
