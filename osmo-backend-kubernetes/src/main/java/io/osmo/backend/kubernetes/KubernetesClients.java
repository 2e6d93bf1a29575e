// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.kubernetes.internal.client.RenewedToken;
import io.osmo.backend.kubernetes.internal.client.SharedHttpFactory;
import io.osmo.backend.kubernetes.internal.kubeconfig.ClientKey;
import io.osmo.backend.kubernetes.internal.kubeconfig.Kubeconfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Opens clients for the API of a cluster. They ignore the environment of the process: the default kubeconfig, the service account of a
 * pod, environment variables and system properties. Clients are safe for concurrent use; the caller closes them. They share one HTTP
 * client with few threads, except those for a kubeconfig: each has its own, because its user may have a client certificate.
 *
 * <p>Timeouts are 30 seconds for a request, and 2 seconds for a connection with its TLS handshake. After 429, 5xx and lost connections
 * the client retries twice, with growing intervals from 500 ms, so an unreachable cluster is reported within ten seconds. An answer may
 * take up to two minutes and have up to a quarter of the heap's size. Redirects are not followed, so that a token is sent only to the
 * address that it is for. Headers and bodies are never logged: they contain tokens and Secrets.
 */
public final class KubernetesClients {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private KubernetesClients() {}

    /**
     * A client that trusts only the given certificate authority and gets a token before each request; or a client for a context of a
     * kubeconfig, if the access has one.
     *
     * @throws IllegalArgumentException if the endpoint is neither https with a certificate authority nor plain http on the loopback
     *     interface, as emulated clusters are
     */
    public static KubernetesClient open(ClusterAccess access) {
        if (access.kubeconfig().isPresent()) {
            ClusterAccess.KubeconfigContext kubeconfig = access.kubeconfig().get();
            return fromKubeconfig(kubeconfig.file(), kubeconfig.context());
        }
        requireSecure(access);
        ConfigBuilder config = manners(Config.empty())
                .withMasterUrl(access.endpoint().toString())
                .withOauthTokenProvider(() -> access.tokens().get().value());
        if ("http".equals(access.endpoint().getScheme())) {
            // An emulated cluster, whose time is virtual: waiting between two attempts would only cost real time.
            config.withRequestRetryBackoffInterval(1);
            Optional<HttpClient> local = local(access.endpoint());
            if (local.isPresent()) {
                return client(config.build(), SharedHttpFactory.local(local.get()));
            }
        }
        access.caCertificate()
                .ifPresent(pem -> config.withCaCertData(
                        Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII))));
        return client(config.build(), SharedHttpFactory.of(access));
    }

    /**
     * A client for the current context of a kubeconfig, with its certificates, tokens or exec plugin. A plugin must end within 60 seconds
     * and cannot ask questions; its output is neither logged nor shown. The client gets a new token if the API server no longer accepts the
     * old one.
     *
     * @throws io.osmo.backend.error.KubeconfigException with all reasons why it cannot be used
     */
    public static KubernetesClient fromKubeconfig(Path kubeconfig) {
        return fromKubeconfig(kubeconfig, Optional.empty());
    }

    /**
     * A client for one context of a kubeconfig.
     *
     * @throws io.osmo.backend.error.KubeconfigException with all reasons why it cannot be used
     */
    public static KubernetesClient fromKubeconfig(Path kubeconfig, String context) {
        return fromKubeconfig(kubeconfig, Optional.of(context));
    }

    private static KubernetesClient fromKubeconfig(Path kubeconfig, Optional<String> context) {
        Config config = Kubeconfig.read(kubeconfig, context);
        // Whatever has made the token makes the next one: a plugin, a token file, or kubectl, which renews the file
        // itself.
        RenewedToken authentication = new RenewedToken(config, () -> renewed(kubeconfig, config));
        return client(manners(config).build(), SharedHttpFactory.alone(authentication));
    }

    /** The token of the same context for the same cluster: a token for another one is not for the eyes of this one. */
    private static Optional<String> renewed(Path kubeconfig, Config before) {
        Optional<String> context = Optional.of(before.getCurrentContext().getName());
        String now = Kubeconfig.endpoint(kubeconfig, context).getMasterUrl();
        if (!now.equals(before.getMasterUrl())) {
            throw new KubeconfigException(
                    "the cluster at " + before.getMasterUrl() + " no longer accepts the credentials, and the context "
                            + context.get() + " of the kubeconfig " + kubeconfig + " now leads to another one, " + now,
                    "Open the library again for the new cluster, or restore the context.",
                    null);
        }
        return Optional.ofNullable(Kubeconfig.read(kubeconfig, context).getAutoOAuthToken());
    }

    /**
     * Access to the cluster of a kubeconfig as a {@link ClusterAccess}. Exec plugins run when a client is opened.
     *
     * @param context name of a context; the current one when empty
     * @throws io.osmo.backend.error.KubeconfigException with all reasons why it cannot be used
     */
    public static ClusterAccess access(Path kubeconfig, Optional<String> context) {
        Config config = Kubeconfig.endpoint(kubeconfig, context);
        String name = config.getCurrentContext().getName();
        return ClusterAccess.of(
                name, URI.create(config.getMasterUrl()), new ClusterAccess.KubeconfigContext(kubeconfig, name));
    }

    private static Optional<HttpClient> local(URI endpoint) {
        return LocalServers.FOUND.stream()
                .flatMap(servers -> servers.client(endpoint).stream())
                .findFirst();
    }

    private static void requireSecure(ClusterAccess access) {
        URI endpoint = access.endpoint();
        String scheme = String.valueOf(endpoint.getScheme());
        if (scheme.equals("https") && access.caCertificate().isPresent()) {
            return;
        }
        if (scheme.equals("http") && LOOPBACK.contains(String.valueOf(endpoint.getHost()))) {
            return;
        }
        throw new IllegalArgumentException("the cluster " + access.name()
                + " must be reached by https with its certificate authority; plain http is for emulated clusters on the"
                + " loopback interface. Given: " + endpoint);
    }

    private static ConfigBuilder manners(Config config) {
        ConfigBuilder builder = new ConfigBuilder(config)
                .withRequestTimeout(30_000)
                .withConnectionTimeout(2_000)
                .withRequestRetryBackoffLimit(2)
                .withRequestRetryBackoffInterval(500)
                .withUserAgent("osmo-backend-java");
        return ClientKey.isEllipticCurvePkcs8(config) ? builder.withClientKeyAlgo("EC") : builder;
    }

    private static KubernetesClient client(Config config, SharedHttpFactory http) {
        // The factory is named, or else fabric8 takes whichever HTTP stack the host happens to have on its class path.
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(Serialization.SHARED)
                .withHttpClientFactory(http)
                .build();
    }

    /** Looked for once: most processes have none. */
    private static final class LocalServers {
        static final List<LocalApiServers> FOUND =
                ServiceLoader.load(LocalApiServers.class, LocalApiServers.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    /** The serialization is expensive to create and the same for all clients, so the first one creates it. */
    private static final class Serialization {
        static final KubernetesSerialization SHARED = new KubernetesSerialization();
    }
}
