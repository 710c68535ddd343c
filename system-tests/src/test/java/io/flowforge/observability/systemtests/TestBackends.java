package io.flowforge.observability.systemtests;

import io.flowforge.drill.backend.Backends;
import io.flowforge.drill.backend.ProcessBackends;
import io.flowforge.drill.server.Workspace;
import io.flowforge.launcher.process.RequiredPrograms;

/**
 * Prometheus and Alertmanager for a test. Without a Docker engine and without the
 * programs, the test is skipped.
 */
final class TestBackends {

	/** Why a test with the Collector is skipped. */
	static final String NO_COLLECTOR = "There is no OpenTelemetry Collector; 'stack/launch collector' builds one where Go is there";

	private TestBackends() {
	}

	static Backends choose(Workspace workspace) {
		requirePrograms(workspace);
		return Backends.choose(workspace);
	}

	static ProcessBackends processes(Workspace workspace) {
		requirePrograms();
		return new ProcessBackends(workspace);
	}

	/**
	 * Skip the test where {@link #choose} would miss a program.
	 * @param workspace where the backends would run
	 */
	static void requirePrograms(Workspace workspace) {
		if (!Backends.usesContainers(workspace.repository())) {
			requirePrograms();
		}
	}

	private static void requirePrograms() {
		RequiredPrograms.require("prometheus");
		RequiredPrograms.require("promtool");
		RequiredPrograms.require("prometheus-alertmanager", "alertmanager");
		RequiredPrograms.require("amtool");
	}

}
