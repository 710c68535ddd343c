import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Timer;
import java.util.TimerTask;

/**
 * {@code java FetchMaven.java URL SHA-256 FILE}: downloads the archive for {@code mvnw}. Java does it because a JDK is
 * the one thing that is certainly there, and so that {@code MAVEN_OPTS} (proxies, trust stores) applies as it does to
 * Maven itself. Leaves nothing behind unless the checksum is right. Exits with 2 when the archive cannot be had, with 3
 * when it is not the right one.
 */
class FetchMaven {

	public static void main(String[] args) throws Exception {
		// A name server that does not answer has time limits of its own, too long to wait for at every build.
		Timer patience = new Timer(true);
		patience.schedule(new TimerTask() {
			@Override
			public void run() {
				System.exit(2);
			}
		}, 5_000);
		Path file = Path.of(args[2]);
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		try {
			URL url = URI.create(args[0]).toURL();
			URLConnection connection = url.openConnection();
			connection.setConnectTimeout(3_000);
			connection.setReadTimeout(5_000);
			try (InputStream in = new DigestInputStream(connection.getInputStream(), digest)) {
				patience.cancel();
				System.err.println("mvnw: fetching " + url);
				Files.copy(in, file);
			}
		}
		catch (IOException ex) {
			Files.deleteIfExists(file);
			System.exit(2);
		}
		if (!HexFormat.of().formatHex(digest.digest()).equals(args[1])) {
			Files.delete(file);
			System.exit(3);
		}
	}

}
