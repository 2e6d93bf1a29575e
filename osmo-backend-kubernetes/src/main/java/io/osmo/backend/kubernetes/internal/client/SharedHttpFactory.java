// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.osmo.backend.cluster.ClusterAccess;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Lets one Kubernetes client use {@link SharedHttp}; one factory for each. Bodies are bounded and nothing is logged: at level TRACE
 * fabric8 logs tokens and Secrets. No redirect is followed, because the JDK's client takes the token along to wherever it leads.
 */
public final class SharedHttpFactory extends JdkHttpClientFactory {
    /** The name that fabric8 gives the interceptor that logs. */
    private static final String LOGGING = "HttpLogging";

    private final Optional<HttpClient> shared;
    private final Runnable end;
    private final Optional<Interceptor> authentication;

    private final BodyLimit limit;

    SharedHttpFactory(Optional<SharedHttp.Share> share, Optional<Interceptor> authentication, BodyLimit limit) {
        this(share.map(SharedHttp.Share::client), () -> share.ifPresent(SharedHttp.Share::end), authentication, limit);
    }

    private SharedHttpFactory(
            Optional<HttpClient> shared, Runnable end, Optional<Interceptor> authentication, BodyLimit limit) {
        this.shared = shared;
        this.end = end;
        this.authentication = authentication;
        this.limit = limit;
    }

    /** For a cluster that is reached with its own certificate authority and a token. */
    public static SharedHttpFactory of(ClusterAccess cluster) {
        return new SharedHttpFactory(SharedHttp.instance().share(cluster), Optional.empty(), BodyLimit.ofThisMachine());
    }

    /** For a cluster in this process. */
    public static SharedHttpFactory local(HttpClient client) {
        return new SharedHttpFactory(Optional.of(client), () -> {}, Optional.empty(), BodyLimit.ofThisMachine());
    }

    /** For a client with settings of its own, such as a client certificate: it shares the workers only. */
    public static SharedHttpFactory alone(RenewedToken authentication) {
        return new SharedHttpFactory(Optional.empty(), Optional.of(authentication), BodyLimit.ofThisMachine());
    }

    @Override
    public io.fabric8.kubernetes.client.http.HttpClient.Builder newBuilder(Config config) {
        io.fabric8.kubernetes.client.http.HttpClient.Builder builder = super.newBuilder(config);
        authentication.ifPresent(own -> builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, own));
        builder.addOrReplaceInterceptor(LOGGING, null);
        builder.addOrReplaceInterceptor(BodyLimit.NAME, limit);
        return builder;
    }

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return shared.<HttpClient.Builder>map(Shared::new).orElseGet(SharedHttp.instance()::builder);
    }

    @Override
    protected void additionalConfig(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    protected void closeHttpClient(JdkHttpClientImpl client) {
        end.run();
    }

    /** What fabric8 would set is set already: the trusted authority, the time to connect, no proxy. */
    private record Shared(HttpClient client) implements HttpClient.Builder {
        @Override
        public HttpClient build() {
            return client;
        }

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler handler) {
            return this;
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration duration) {
            return this;
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext context) {
            return this;
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters parameters) {
            return this;
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            return this;
        }

        @Override
        public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
            return this;
        }

        @Override
        public HttpClient.Builder version(HttpClient.Version version) {
            return this;
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            return this;
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector selector) {
            return this;
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            return this;
        }
    }
}
