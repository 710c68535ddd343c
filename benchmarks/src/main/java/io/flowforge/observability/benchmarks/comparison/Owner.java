package io.flowforge.observability.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/**
 * The library that a sample belongs to: the one whose method is nearest to the top of the
 * stack. The JDK's own methods count for their caller.
 */
enum Owner {

	FLOWFORGE("FlowForge", "io.flowforge.observability."),

	OPENTELEMETRY("OpenTelemetry", "io.opentelemetry."),

	MICROMETER("Micrometer and Prometheus client", "io.micrometer.", "io.prometheus."),

	HTTP_CLIENT("OkHttp", "okhttp3.", "okio.", "kotlin."),

	LOGBACK("Logback", "ch.qos.logback.", "org.slf4j."),

	SPRING("Spring", "org.springframework."),

	TOMCAT("Tomcat", "org.apache.", "jakarta."),

	APPLICATION("The application", "io.flowforge.observability.benchmarks."),

	OTHERS("The JDK alone, and others");

	private final String title;

	private final List<String> packages;

	Owner(String title, String... packages) {
		this.title = title;
		this.packages = List.of(packages);
	}

	String title() {
		return this.title;
	}

	static Owner of(RecordedStackTrace stack) {
		return stack.getFrames().stream().map(Owner::of).flatMap(Optional::stream).findFirst().orElse(OTHERS);
	}

	private static Optional<Owner> of(RecordedFrame frame) {
		String type = frame.getMethod().getType().getName();
		// The application's package is one of the library's, too: the longer one counts.
		if (APPLICATION.owns(type)) {
			return Optional.of(APPLICATION);
		}
		return Arrays.stream(values()).filter((owner) -> owner.owns(type)).findFirst();
	}

	private boolean owns(String type) {
		return this.packages.stream().anyMatch(type::startsWith);
	}

}
