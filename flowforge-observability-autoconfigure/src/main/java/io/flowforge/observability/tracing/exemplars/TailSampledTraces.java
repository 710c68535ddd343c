package io.flowforge.observability.tracing.exemplars;

/**
 * The traces that are exported although they were not sampled when they started.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TailSampledTraces {

	/**
	 * Whether a trace is exported by tail sampling.
	 * @param traceId the trace id
	 * @return whether it is
	 */
	boolean isSampled(String traceId);

}
