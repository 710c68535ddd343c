package io.flowforge.observability.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * The container that this process runs in, as far as the Linux kernel knows it.
 *
 * @param id the id of the container
 * @param podUid the uid of the Kubernetes pod that the container belongs to
 * @param podContainer the name of the container within that pod
 */
record Container(@Nullable String id, @Nullable String podUid, @Nullable String podContainer) {

	private static final Supplier<Container> CURRENT = SingletonSupplier
		.of(() -> of(lines("/proc/self/cgroup"), lines("/proc/self/mountinfo")));

	// On a host with many containers, a process outside of them sees the mounts of all.
	private static final int LINES = 1000;

	// With cgroup v1: the end of a path such as
	// /kubepods/burstable/pod0255d349-…/a70add29… or /system.slice/docker-a70add29….scope
	private static final Pattern CGROUP = Pattern.compile("[/:-]([0-9a-f]{64})(?:\\.scope)?$");

	// With cgroup v2 the path is hidden, but Docker and Podman mount a file from a folder
	// with the id. So do Kubernetes' runtimes, from the folder of another container: the
	// one that holds the network of the pod.
	private static final Pattern HOSTNAME_MOUNT = Pattern
		.compile("containers/([0-9a-f]{64})/(?:userdata/)?hostname /etc/hostname ");

	private static final Pattern HOSTS_MOUNT = Pattern.compile("/pods/([0-9a-f-]{32,36})/etc-hosts /etc/hosts ");

	private static final Pattern TERMINATION_MOUNT = Pattern
		.compile("/pods/[0-9a-f-]{32,36}/containers/([a-z0-9-]+)/[0-9a-f]+ ");

	/**
	 * Return the container of this process.
	 * @return the container, without any values if there is none or it cannot be known
	 */
	static Container current() {
		return CURRENT.get();
	}

	/**
	 * Read what the kernel says about a process.
	 * @param cgroups the lines of its {@code cgroup} file
	 * @param mounts the lines of its {@code mountinfo} file
	 * @return its container
	 */
	static Container of(List<String> cgroups, List<String> mounts) {
		String podUid = find(HOSTS_MOUNT, mounts);
		String id = find(CGROUP, cgroups);
		if (id == null && podUid == null) {
			id = find(HOSTNAME_MOUNT, mounts);
		}
		return new Container(id, podUid, find(TERMINATION_MOUNT, mounts));
	}

	private static @Nullable String find(Pattern pattern, List<String> lines) {
		return lines.stream()
			.map(pattern::matcher)
			.filter(Matcher::find)
			.map((matcher) -> matcher.group(1))
			.findFirst()
			.orElse(null);
	}

	private static List<String> lines(String file) {
		try (Stream<String> lines = Files.lines(Path.of(file), StandardCharsets.ISO_8859_1)) {
			return lines.limit(LINES).toList();
		}
		catch (IOException | UncheckedIOException ex) {
			return List.of();
		}
	}

}
