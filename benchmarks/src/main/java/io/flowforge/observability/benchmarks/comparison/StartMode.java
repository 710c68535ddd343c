package io.flowforge.observability.benchmarks.comparison;

/**
 * What is done for an application's start beforehand.
 */
enum StartMode {

	PLAIN("Nothing", false, false),

	AHEAD_OF_TIME("Spring's ahead-of-time processing", true, false),

	CLASS_DATA_SHARING("A CDS archive", false, true),

	BOTH("Both", true, true);

	private final String title;

	private final boolean aheadOfTime;

	private final boolean classDataSharing;

	StartMode(String title, boolean aheadOfTime, boolean classDataSharing) {
		this.title = title;
		this.aheadOfTime = aheadOfTime;
		this.classDataSharing = classDataSharing;
	}

	String title() {
		return this.title;
	}

	boolean isAheadOfTime() {
		return this.aheadOfTime;
	}

	boolean isClassDataSharing() {
		return this.classDataSharing;
	}

}
