package io.flowforge.samples.inbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces and logs that nobody else takes.
 */
class OtlpDrainTests {

	@Test
	void takesWhatServicesSend() throws Exception {
		int port = freePort();
		try (ConfigurableApplicationContext inbox = run("--inbox.otlp.port=" + port)) {
			for (String signal : new String[] { "traces", "logs", "metrics" }) {
				HttpResponse<byte[]> response = post("http://127.0.0.1:%d/v1/%s".formatted(port, signal));
				assertThat(response.statusCode()).as(signal).isEqualTo(200);
				assertThat(response.body()).isEmpty();
			}
			assertThat(inbox.getBean(Inbox.class).size()).isZero();
		}
	}

	@Test
	void takesNothingUnlessItIsAskedTo() throws Exception {
		try (ConfigurableApplicationContext inbox = run()) {
			String address = "http://127.0.0.1:%d/v1/traces".formatted(InboxPorts.http(inbox));
			assertThat(post(address).statusCode()).isEqualTo(404);
		}
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		String[] all = new String[arguments.length + 2];
		all[0] = "--server.port=0";
		all[1] = "--inbox.smtp.port=0";
		System.arraycopy(arguments, 0, all, 2, arguments.length);
		return SpringApplication.run(AlertInboxApplication.class, all);
	}

	private static HttpResponse<byte[]> post(String address) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address))
			.header("Content-Type", "application/x-protobuf")
			.POST(BodyPublishers.ofByteArray(new byte[5000]))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
