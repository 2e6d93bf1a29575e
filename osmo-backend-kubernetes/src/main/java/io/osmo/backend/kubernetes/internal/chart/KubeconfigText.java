// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.internal.kubeconfig.Kubeconfig;
import io.osmo.backend.spec.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Access to a cluster as a kubeconfig for the process that renders, which has neither the host's environment nor its files. */
final class KubeconfigText {
    private static final String NAME = "target";

    private KubeconfigText() {}

    /**
     * The content is made when it is needed, with a credential that is valid then: plugins run here, and not where charts are rendered.
     *
     * @return empty for a cluster without TLS, such as an emulated one: Helm shows no credentials there
     */
    static Optional<Secret> of(ClusterAccess access) {
        if (access.kubeconfig().isEmpty() && !"https".equals(access.endpoint().getScheme())) {
            return Optional.empty();
        }
        return Optional.of(Secret.of(
                "kubeconfig of " + access.name(),
                () -> access.kubeconfig()
                        .map(from -> Kubeconfig.selfContained(from.file(), from.context()))
                        .orElseGet(() -> withToken(access))));
    }

    private static String withToken(ClusterAccess access) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("server", access.endpoint().toString());
        access.caCertificate()
                .ifPresent(pem -> cluster.put(
                        "certificate-authority-data",
                        Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8))));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("apiVersion", "v1");
        config.put("kind", "Config");
        config.put("current-context", NAME);
        config.put("clusters", List.of(Map.of("name", NAME, "cluster", cluster)));
        config.put(
                "users",
                List.of(Map.of(
                        "name",
                        NAME,
                        "user",
                        Map.of("token", access.tokens().get().value()))));
        config.put("contexts", List.of(Map.of("name", NAME, "context", Map.of("cluster", NAME, "user", NAME))));
        return ChartYaml.yaml(config);
    }
}
