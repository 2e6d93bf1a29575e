// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.kubernetes.existing.ClusterSource;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.spi.provider.PlainText;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Clusters of kubeconfigs, found as kubectl finds them. */
public final class KubeconfigSource implements ClusterSource {
    @Override
    public ClusterAccess access(ExistingSettings settings) {
        Path file = settings.kubeconfig().map(KubeconfigSource::path).orElseGet(KubeconfigSource::defaultFile);
        return KubernetesClients.access(file, settings.context());
    }

    /** The first file in {@code KUBECONFIG}: unlike kubectl, this library does not merge several files. */
    private static Path defaultFile() {
        return Optional.ofNullable(System.getenv("KUBECONFIG"))
                .map(list -> list.split(File.pathSeparator, -1)[0])
                .filter(first -> !first.isBlank())
                .map(KubeconfigSource::path)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config"));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new KubeconfigException(
                    "'" + PlainText.of(text, 200) + "' is not the path of a kubeconfig",
                    "Give the path of a kubeconfig.",
                    e);
        }
    }
}
