package io.flowforge.observability.benchmarks.comparison;

/**
 * What an application did while it was under load.
 *
 * @param load the load
 * @param cpu the CPU time that its process used for that
 * @param allocatedBytes what its threads allocated
 * @param received what the receiver counted, all that was still on its way included
 */
record Window(LoadResult load, CpuTime cpu, long allocatedBytes, ReceivedItems received) {

	double cpuMicrosPerRequest() {
		return this.cpu.application() * 1e6 / this.load.requests();
	}

	double allocatedKilobytesPerRequest() {
		return this.allocatedBytes / 1e3 / this.load.requests();
	}

	double spansPerRequest() {
		return (double) this.received.spans() / this.load.requests();
	}

	double logRecordsPerRequest() {
		return (double) this.received.logRecords() / this.load.requests();
	}

}
