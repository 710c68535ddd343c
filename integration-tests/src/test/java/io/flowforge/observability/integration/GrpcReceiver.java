package io.flowforge.observability.integration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

import org.springframework.util.FileSystemUtils;

/**
 * An OTLP/gRPC receiver that rejects one span of each request.
 */
final class GrpcReceiver implements AutoCloseable {

	private final Path folder = Files.createTempDirectory("grpc-receiver");

	private final Tomcat tomcat = new Tomcat();

	private final Connector connector = new Connector();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger rejected = new AtomicInteger();

	GrpcReceiver() throws IOException, LifecycleException {
		this.tomcat.setBaseDir(this.folder.toString());
		this.connector.setPort(0);
		this.connector.setProperty("address", "127.0.0.1");
		this.connector.addUpgradeProtocol(new Http2Protocol());
		this.tomcat.setConnector(this.connector);
		this.tomcat.addContext("", null);
		this.tomcat.addServlet("", "traces", new TraceService(this.accepted, this.rejected))
			.addMapping("/opentelemetry.proto.collector.trace.v1.TraceService/Export");
		this.tomcat.start();
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.connector.getLocalPort();
	}

	int accepted() {
		return this.accepted.get();
	}

	int rejected() {
		return this.rejected.get();
	}

	@Override
	public void close() throws IOException, LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
		FileSystemUtils.deleteRecursively(this.folder);
	}

	private static final class TraceService extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final AtomicInteger accepted;

		private final AtomicInteger rejected;

		TraceService(AtomicInteger accepted, AtomicInteger rejected) {
			this.accepted = accepted;
			this.rejected = rejected;
		}

		// A message comes after five bytes: whether it is compressed, and its length.
		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
			request.getInputStream().readNBytes(5);
			int spans = ExportTraceServiceRequest.parseFrom(request.getInputStream())
				.getResourceSpansList()
				.stream()
				.flatMap((resource) -> resource.getScopeSpansList().stream())
				.mapToInt((scope) -> scope.getSpansCount())
				.sum();
			this.rejected.incrementAndGet();
			this.accepted.addAndGet(spans - 1);
			byte[] answer = ExportTraceServiceResponse.newBuilder()
				.setPartialSuccess(
						ExportTracePartialSuccess.newBuilder().setRejectedSpans(1).setErrorMessage("span is too old"))
				.build()
				.toByteArray();
			response.setContentType("application/grpc");
			response.setTrailerFields(() -> Map.of("grpc-status", "0"));
			response.getOutputStream().write(ByteBuffer.allocate(5).put((byte) 0).putInt(answer.length).array());
			response.getOutputStream().write(answer);
		}

	}

}
