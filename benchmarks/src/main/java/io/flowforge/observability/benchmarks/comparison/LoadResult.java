package io.flowforge.observability.benchmarks.comparison;

/**
 * Requests that were sent and answered with 200.
 *
 * @param requests how many
 * @param seconds from the first request to the last response
 * @param latencies nanoseconds from when each request was due until its response, sorted;
 * empty for requests that were due as soon as they could be sent
 */
record LoadResult(int requests, double seconds, long[] latencies) {

	double perSecond() {
		return this.requests / this.seconds;
	}

	/**
	 * The latency that a share of the requests did not exceed.
	 * @param share the share, such as 0.99
	 * @return milliseconds
	 */
	double percentile(double share) {
		return this.latencies[(int) Math.ceil(this.latencies.length * share) - 1] / 1e6;
	}

}
