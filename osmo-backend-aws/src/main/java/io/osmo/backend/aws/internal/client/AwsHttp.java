// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The SDK's client on the JDK's {@code HttpURLConnection}, with a timeout for TLS handshakes, which would have the timeout of responses
 * otherwise. Proxies are those of the system properties and environment variables that the SDK supports, or else those of Java.
 */
public final class AwsHttp {
    private final Duration connect;
    private final Duration answer;
    private final SSLSocketFactory sockets;
    private final ProxyConfiguration proxy = ProxyConfiguration.builder().build();

    private AwsHttp(Duration connect, Duration answer) {
        this.connect = connect;
        this.answer = answer;
        try {
            sockets = new HandshakeLimit(SSLContext.getDefault().getSocketFactory(), connect);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no TLS", e);
        }
    }

    /**
     * @param connect how long a connection may take, and again its TLS handshake
     * @param answer how long a service may be silent
     */
    public static SdkHttpClient client(Duration connect, Duration answer) {
        return UrlConnectionHttpClient.create(new AwsHttp(connect, answer)::open);
    }

    private HttpURLConnection open(URI uri) {
        try {
            @Nullable String host = proxy.host();
            boolean direct = host == null || proxy.nonProxyHosts().stream().anyMatch(uri.getHost()::matches);
            HttpURLConnection connection = (HttpURLConnection)
                    (direct
                            ? uri.toURL().openConnection()
                            : uri.toURL()
                                    .openConnection(
                                            new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, proxy.port()))));
            if (!direct && proxy.username() != null && proxy.password() != null) {
                connection.addRequestProperty("proxy-authorization", "Basic " + proxyCredentials());
            }
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(sockets);
            }
            connection.setConnectTimeout((int) connect.toMillis());
            connection.setReadTimeout((int) answer.toMillis());
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String proxyCredentials() {
        return Base64.getEncoder()
                .encodeToString((proxy.username() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8));
    }
}
