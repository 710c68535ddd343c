package io.flowforge.observability.identity;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the kernel says in containers of several runtimes, with cgroup v1 and v2.
 */
class ContainerTests {

	private static final String ID = "3726184226f5d3147c25fdeab5b60097e378e8a720503a5e19ecfdf29f869860";

	private static final String OTHER = "a70add2964af7d0891542a48578359192afcdb920c35260540c6d6da92fb1735";

	private static final String POD = "0255d349-f826-4f52-9e37-fbc65e085fc8";

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void isFound(String where, List<String> cgroups, List<String> mounts, Container expected) {
		assertThat(Container.of(cgroups, mounts)).isEqualTo(expected);
	}

	static Stream<Arguments> isFound() {
		List<String> hidden = List.of("0::/");
		List<String> ofPod = List.of("2290 2281 0:171 / / rw,relatime - overlay overlay rw",
				mount("/var/lib/kubelet/pods/" + POD + "/etc-hosts", "/etc/hosts"),
				mount("/var/lib/kubelet/pods/" + POD + "/containers/orders/e3d5dec7", "/dev/termination-log"),
				mount("/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/" + OTHER + "/hostname",
						"/etc/hostname"));
		return Stream.of(
				Arguments.of("no container", List.of("12:pids:/user.slice/user-1000.slice", "0::/init.scope"),
						List.of("27 1 254:0 / / rw,relatime - ext4 /dev/vda rw"), new Container(null, null, null)),
				Arguments.of("Docker, v1", List.of("13:name=systemd:/docker/" + ID, "12:pids:/docker/" + ID), List.of(),
						new Container(ID, null, null)),
				Arguments.of("Docker with systemd, v1", List.of("9:memory:/system.slice/docker-" + ID + ".scope"),
						List.of(), new Container(ID, null, null)),
				Arguments.of("Docker, v2", hidden,
						List.of(mount("/var/lib/docker/volumes/" + OTHER + "/_data", "/data"),
								mount("/var/lib/docker/containers/" + ID + "/hostname", "/etc/hostname")),
						new Container(ID, null, null)),
				Arguments.of("Podman, v2", hidden,
						List.of(mount("/containers/storage/overlay-containers/" + ID + "/userdata/hostname",
								"/etc/hostname")),
						new Container(ID, null, null)),
				Arguments.of("Kubernetes, v1", List.of("11:cpu,cpuacct:/kubepods/burstable/pod" + POD + "/" + ID),
						ofPod, new Container(ID, POD, "orders")),
				Arguments.of("Kubernetes with containerd and systemd, v1",
						List.of("5:pids:/kubepods-pod" + POD + ".slice:cri-containerd:" + ID), ofPod,
						new Container(ID, POD, "orders")),
				Arguments.of("Kubernetes, v2", hidden, ofPod, new Container(null, POD, "orders")),
				// The file is from the container that holds the network.
				Arguments
					.of("Kubernetes with Docker, v2", hidden,
							List.of(mount("/docker/containers/" + OTHER + "/hostname", "/etc/hostname"),
									mount("/pods/" + POD + "/etc-hosts", "/etc/hosts")),
							new Container(null, POD, null)));
	}

	private static String mount(String file, String place) {
		return "2297 2235 253:1 %s %s rw,nodev,noatime - ext4 /dev/vda1 rw".formatted(file, place);
	}

}
