// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Deployment or DaemonSet says of its pods.
 *
 * @param serviceAccount account that they run as
 * @param pullSecrets image pull secrets that they name
 * @param secrets Secrets that they mount and cannot start without
 * @param current whether the controller has seen the newest revision, and no pod of an earlier one is left
 */
public record TemplateFacts(
        String serviceAccount,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        List<String> pullSecrets,
        List<Container> containers,
        Fact<List<SecretVolume>> secrets,
        boolean current) {
    public TemplateFacts {
        nodeSelector = Map.copyOf(nodeSelector);
        tolerations = List.copyOf(tolerations);
        pullSecrets = List.copyOf(pullSecrets);
        containers = List.copyOf(containers);
        secrets = secrets.map(List::copyOf);
    }

    /**
     * A Secret that pods mount.
     *
     * @param volume name of the volume
     * @param keys entries that must exist; empty for none in particular
     */
    public record SecretVolume(String volume, String secret, List<String> keys) {
        public SecretVolume {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A container.
     *
     * @param image as written
     * @param flags values of the command-line flags that checks use, by name in lower case without dashes and underscores
     * @param memoryLimit Kubernetes quantity as written; empty when there is no limit
     * @param startup startup probe
     * @param runtimeConfigSource value of the variable {@code RUNTIME_CONFIG_SOURCE}; empty when it is not set
     * @param exposed names of variables and flags that contain a credential in plain text
     */
    public record Container(
            String name,
            String image,
            Map<String, String> flags,
            String memoryLimit,
            Optional<Probe> startup,
            String runtimeConfigSource,
            List<String> exposed) {
        public Container {
            flags = Map.copyOf(flags);
            exposed = List.copyOf(exposed);
        }

        /** {@code backend-listener} of {@code nvcr.io/nvidia/osmo/backend-listener:6.4.0}. */
        public String imageName() {
            return before(before(lastPart(), '@'), ':');
        }

        /** Tag of the image; empty when it has none or is pinned by its digest. */
        public String tag() {
            String last = lastPart();
            return last.contains("@") || !last.contains(":") ? "" : last.substring(last.indexOf(':') + 1);
        }

        private String lastPart() {
            return image.substring(image.lastIndexOf('/') + 1);
        }

        private static String before(String text, char end) {
            int at = text.indexOf(end);
            return at < 0 ? text : text.substring(0, at);
        }

        /** Whether the image is pinned by its digest. */
        public boolean digest() {
            return image.contains("@sha256:");
        }

        /** Value of a flag, by name in lower case without dashes and underscores. */
        public Optional<String> flag(String name) {
            return Optional.ofNullable(flags.get(name));
        }
    }

    /**
     * @param timeoutSeconds how long one attempt may take
     * @param failures failed attempts after which the container is killed
     */
    public record Probe(int timeoutSeconds, int failures) {}

    /**
     * A toleration, as Kubernetes defines it.
     *
     * @param key empty for any key, if {@code exists}
     * @param exists whether the operator is {@code Exists}, which matches any value, instead of {@code Equal}
     * @param effect Kubernetes' spelling; empty for any
     */
    public record Toleration(String key, boolean exists, String value, String effect) {
        public boolean tolerates(Taint taint) {
            return (key.isEmpty() ? exists : key.equals(taint.key()))
                    && (effect.isEmpty() || effect.equals(taint.effect().kubernetes()))
                    && (exists || value.equals(taint.value()));
        }
    }

    /** Whether pods of it may run on a node with these taints. */
    public boolean tolerates(List<Taint> taints) {
        return taints.stream()
                .filter(t -> t.effect() != Taint.Effect.PREFER_NO_SCHEDULE)
                .allMatch(taint -> tolerations.stream().anyMatch(t -> t.tolerates(taint)));
    }
}
