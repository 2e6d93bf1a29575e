// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.provider.LocalFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Access to a cluster as a kubeconfig, for what reads nothing else. */
final class KubeconfigText {
    private static final String NAME = "target";
    private static final int LONGEST = 1 << 20;
    private static final Set<String> FILES =
            Set.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

    private KubeconfigText() {}

    /**
     * The content is made when it is needed, with a token that is valid then.
     *
     * @return empty for a cluster without TLS, such as an emulated one: Helm shows no credentials there
     */
    static Optional<Secret> of(ClusterAccess access) {
        if (access.kubeconfig().isEmpty() && !"https".equals(access.endpoint().getScheme())) {
            return Optional.empty();
        }
        return Optional.of(Secret.of(
                "kubeconfig of " + access.name(),
                () -> access.kubeconfig().map(KubeconfigText::selected).orElseGet(() -> withToken(access))));
    }

    private static String withToken(ClusterAccess access) {
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("server", access.endpoint().toString());
        if (!access.caCertificate().isEmpty()) {
            cluster.put(
                    "certificate-authority-data",
                    Base64.getEncoder().encodeToString(access.caCertificate().getBytes(StandardCharsets.UTF_8)));
        }
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

    /** The kubeconfig with its context selected; files that it names by relative paths are named from the root. */
    private static String selected(ClusterAccess.KubeconfigContext context) {
        Map<String, Object> config = new LinkedHashMap<>(
                ChartYaml.objects(LocalFile.text(context.file(), LONGEST)).get(0));
        config.put("current-context", context.context());
        Path folder = context.file().toAbsolutePath().getParent();
        config.replaceAll((key, value) -> absolute(folder == null ? Path.of("/") : folder, key, value));
        return ChartYaml.yaml(config);
    }

    private static Object absolute(Path folder, String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach(
                    (key, element) -> copy.put(String.valueOf(key), absolute(folder, String.valueOf(key), element)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> absolute(folder, name, element)).toList();
        }
        return FILES.contains(name) ? folder.resolve(String.valueOf(value)).toString() : value;
    }
}
