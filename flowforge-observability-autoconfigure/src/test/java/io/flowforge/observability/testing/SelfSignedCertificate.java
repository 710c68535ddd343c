package io.flowforge.observability.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A key and a certificate for {@code localhost} that only those trust who have it, made
 * by the JDK's keytool.
 *
 * @param keyStore the file with both
 */
public record SelfSignedCertificate(Path keyStore) {

	/**
	 * The password of the file and the key.
	 */
	public static final String PASSWORD = "changeit";

	/**
	 * Make a key and its certificate.
	 * @param directory where their file is written to
	 * @return the certificate
	 * @throws IOException if keytool cannot be run
	 * @throws InterruptedException if nobody waits for it any more
	 */
	public static SelfSignedCertificate in(Path directory) throws IOException, InterruptedException {
		Path keyStore = directory.resolve("localhost.p12");
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
				"-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storetype", "PKCS12",
				"-storepass", PASSWORD, "-keystore", keyStore.toString())
			.start()
			.waitFor();
		return new SelfSignedCertificate(keyStore);
	}

	/**
	 * A context that shows this certificate, and trusts it and no other.
	 * @return the context
	 * @throws GeneralSecurityException if the file does not hold what it should
	 * @throws IOException if the file cannot be read
	 */
	public SSLContext sslContext() throws GeneralSecurityException, IOException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(load(), PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), new TrustManager[] { trustManager() }, null);
		return context;
	}

	/**
	 * What trusts this certificate and no other.
	 * @return the trust manager
	 * @throws GeneralSecurityException if the file does not hold what it should
	 * @throws IOException if the file cannot be read
	 */
	public X509TrustManager trustManager() throws GeneralSecurityException, IOException {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(load());
		return (X509TrustManager) trust.getTrustManagers()[0];
	}

	private KeyStore load() throws GeneralSecurityException, IOException {
		return KeyStore.getInstance(this.keyStore.toFile(), PASSWORD.toCharArray());
	}

}
