package io.flowforge.observability.export.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.opentelemetry.sdk.common.export.HttpSenderConfig;

/**
 * Opens connections to an endpoint: through a proxy where there is one, and with TLS
 * where the endpoint asks for it.
 */
final class HttpConnector {

	private static final String[] PROTOCOLS = { "http/1.1" };

	private final EndpointUrl endpoint;

	private final HttpSenderConfig config;

	HttpConnector(EndpointUrl endpoint, HttpSenderConfig config) {
		this.endpoint = endpoint;
		this.config = config;
	}

	/**
	 * Open a connection.
	 * @param deadline how long that may take
	 * @return the connection
	 * @throws IOException if there is no connection
	 */
	HttpConnection connect(Deadline deadline) throws IOException {
		Proxy proxy = proxy();
		Socket tcp = connect(proxy, deadline);
		try {
			boolean behindProxy = proxy.type() == Proxy.Type.HTTP;
			if (behindProxy && this.endpoint.isSecure()) {
				openTunnel(tcp);
			}
			Socket socket = this.endpoint.isSecure() ? handshake(tcp) : tcp;
			String target = (behindProxy && !this.endpoint.isSecure()) ? this.endpoint.url() : this.endpoint.path();
			return new HttpConnection(tcp, socket, target, this.endpoint.authority());
		}
		catch (IOException | RuntimeException ex) {
			tcp.close();
			throw ex;
		}
	}

	private Proxy proxy() {
		ProxySelector selector = (this.config.getProxyOptions() != null)
				? this.config.getProxyOptions().getProxySelector() : ProxySelector.getDefault();
		List<Proxy> proxies = (selector != null) ? selector.select(URI.create(this.endpoint.url())) : List.of();
		return proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
	}

	private Socket connect(Proxy proxy, Deadline deadline) throws IOException {
		if (proxy.type() == Proxy.Type.SOCKS) {
			return connect(new Socket(proxy),
					InetSocketAddress.createUnresolved(this.endpoint.host(), this.endpoint.port()), deadline);
		}
		if (proxy.address() instanceof InetSocketAddress address) {
			return connect(address.getHostString(), address.getPort(), deadline);
		}
		return connect(this.endpoint.host(), this.endpoint.port(), deadline);
	}

	// A host may have several addresses, such as localhost, and not answer at each.
	private Socket connect(String host, int port, Deadline deadline) throws IOException {
		IOException failure = null;
		for (InetAddress address : InetAddress.getAllByName(host)) {
			try {
				return connect(new Socket(Proxy.NO_PROXY), new InetSocketAddress(address, port), deadline);
			}
			catch (IOException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		throw (failure != null) ? failure : new UnknownHostException(host);
	}

	private Socket connect(Socket socket, SocketAddress address, Deadline deadline) throws IOException {
		try {
			deadline.closes(socket);
			// Else the end of a request waits until the receiver has acknowledged what
			// came
			// before it, which it does 40 ms late.
			socket.setTcpNoDelay(true);
			socket.setKeepAlive(true);
			socket.connect(address, connectTimeout(deadline));
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	// 0 would be no time-out at all.
	private int connectTimeout(Deadline deadline) {
		return 1 + (int) TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft(this.config.getConnectTimeout()));
	}

	private void openTunnel(Socket tcp) throws IOException {
		String target = this.endpoint.hostAndPort();
		tcp.getOutputStream()
			.write("CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(target, target)
				.getBytes(StandardCharsets.US_ASCII));
		// Nothing follows the answer before TLS begins.
		Answer answer = Answer.readHead(tcp.getInputStream());
		if (answer.getStatusCode() / 100 != 2) {
			throw new IOException("the proxy's answer was " + answer);
		}
	}

	private Socket handshake(Socket tcp) throws IOException {
		SSLSocketFactory factory = (this.config.getSslContext() != null)
				? this.config.getSslContext().getSocketFactory() : (SSLSocketFactory) SSLSocketFactory.getDefault();
		SSLSocket socket = (SSLSocket) factory.createSocket(tcp, this.endpoint.host(), this.endpoint.port(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		parameters.setApplicationProtocols(PROTOCOLS);
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

}
