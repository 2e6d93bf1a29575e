// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Addresses on this machine at which something is wrong. */
final class Endpoints implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** What a web server says that gets a TLS handshake on the port for plain HTTP. */
    private static final byte[] PLAIN_TEXT =
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The fatal alert of a server that has no cipher or version of TLS in common with the client. */
    private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};

    private final ServerSocket plain;
    private final ServerSocket refusing;
    private final HttpsServer selfSigned;
    private final String certificate;
    private final int closed;
    private final ServerSocket silent;
    private final ServerSocket mute;
    private final List<Socket> waiting = new ArrayList<>();

    Endpoints(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> answerAll(plain, PLAIN_TEXT));
        refusing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> answerAll(refusing, HANDSHAKE_FAILURE));
        selfSigned = HttpsServer.create(loopback(), 0);
        KeyStore keys = keys(directory);
        certificate = pem(keys);
        selfSigned.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        selfSigned.setExecutor(threads);
        selfSigned.start();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        // The kernel completes connections up to the backlog, and no program reads from them.
        mute = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        // Linux drops what exceeds the backlog, as a firewall does.
        silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket();
            try {
                socket.connect(silent.getLocalSocketAddress(), 200);
            } catch (IOException full) {
                // The queue is full, which is what is wanted.
            }
            waiting.add(socket);
        }
    }

    private void answerAll(ServerSocket server, byte[] answer) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket, answer));
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }

    private static void answer(Socket accepted, byte[] answer) {
        try (Socket socket = accepted) {
            socket.getInputStream().read(new byte[16]);
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // Closing with unread bytes would reset the connection before the client has read the answer.
            }
        } catch (IOException gone) {
            // The client has seen enough.
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Host and port of an address of a kind. */
    String authority(String kind) {
        return switch (kind) {
            case "closed" -> "localhost:" + closed;
            case "plain" -> "localhost:" + plain.getLocalPort();
            case "refusing" -> "localhost:" + refusing.getLocalPort();
            case "self-signed" -> "localhost:" + selfSigned.getAddress().getPort();
            case "silent" -> "localhost:" + silent.getLocalPort();
            case "mute" -> "localhost:" + mute.getLocalPort();
            default -> "no-such-host.invalid";
        };
    }

    /** The certificate of the self-signed kind, in PEM. */
    String certificate() {
        return certificate;
    }

    private static String pem(KeyStore keys) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static SSLContext tls(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore keys(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("keys.p12");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        silent.close();
        mute.close();
        plain.close();
        refusing.close();
        threads.shutdownNow();
        selfSigned.stop(0);
    }
}
