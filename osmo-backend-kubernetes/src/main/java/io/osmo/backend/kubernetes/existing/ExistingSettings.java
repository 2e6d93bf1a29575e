// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.existing;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.provider.SettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How an existing cluster is reached, and which StorageClass it gets.
 *
 * @param kubeconfig path of the kubeconfig; empty means {@code KUBECONFIG}, or {@code ~/.kube/config} if that is not set
 * @param context context of the kubeconfig; empty means its current one
 * @param provisioner CSI driver of a default StorageClass to create, such as {@code driver.longhorn.io}; default none: the cluster keeps
 *     its existing default StorageClass. The class has the name in {@code storage.className} of the spec, or else {@code osmo}
 * @param storageParameters parameters of that StorageClass; default none
 */
public record ExistingSettings(
        Optional<String> kubeconfig,
        Optional<String> context,
        Optional<String> provisioner,
        Map<String, String> storageParameters)
        implements ProviderSettings {
    private static final ExistingSettings DEFAULTS =
            new ExistingSettings(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public ExistingSettings {
        storageParameters = Map.copyOf(storageParameters);
    }

    /** The current context of the default kubeconfig, and the existing StorageClass of the cluster. */
    public static ExistingSettings defaults() {
        return DEFAULTS;
    }

    /** The existing-cluster settings of a spec, or the defaults. */
    public static ExistingSettings of(Optional<ProviderSettings> settings) {
        return ProviderSettings.ofType(settings, DEFAULTS);
    }

    /** These settings with this kubeconfig. */
    public ExistingSettings withKubeconfig(String path) {
        return new ExistingSettings(Optional.of(path), context, provisioner, storageParameters);
    }

    /** These settings with this context of the kubeconfig. */
    public ExistingSettings withContext(String name) {
        return new ExistingSettings(kubeconfig, Optional.of(name), provisioner, storageParameters);
    }

    /** These settings with a default StorageClass of this CSI driver. */
    public ExistingSettings withStorage(String driver, Map<String, String> parameters) {
        return new ExistingSettings(kubeconfig, context, Optional.of(driver), parameters);
    }

    /**
     * Reads the output of {@link #toMap()}, or the content of {@code settings:} in a spec.
     *
     * @param problems receives a violation for each unknown key and each value of the wrong type
     * @return empty when there were problems
     */
    public static Optional<ExistingSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        return new Reader(problems).settings(data);
    }

    @Override
    public String provider() {
        return ExistingProvider.ID;
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        kubeconfig.ifPresent(path -> map.put("kubeconfig", path));
        context.ifPresent(name -> map.put("context", name));
        provisioner.ifPresent(driver -> map.put("provisioner", driver));
        if (!storageParameters.isEmpty()) {
            map.put("storageParameters", new TreeMap<>(storageParameters));
        }
        return map;
    }

    private static final class Reader extends SettingsReader {
        private static final List<String> NAMES = List.of("kubeconfig", "context", "provisioner", "storageParameters");

        private ExistingSettings settings = DEFAULTS;
        private final Map<String, String> parameters = new TreeMap<>();

        Reader(Consumer<Violation> problems) {
            super(problems);
        }

        Optional<ExistingSettings> settings(Map<String, Object> data) {
            boolean good = read(data);
            if (!parameters.isEmpty() && settings.provisioner().isEmpty() && !data.containsKey("provisioner")) {
                problem(
                        "settings.storageParameters",
                        parameters.keySet(),
                        "parameters of a provisioner that is set",
                        "Set settings.provisioner to the CSI driver, or remove the parameters.");
                return Optional.empty();
            }
            return good
                    ? Optional.of(new ExistingSettings(
                            settings.kubeconfig(), settings.context(), settings.provisioner(), parameters))
                    : Optional.empty();
        }

        @Override
        protected void setting(String key, String path, Object value) {
            switch (key) {
                case "kubeconfig" -> text(path, value, file -> settings = settings.withKubeconfig(file));
                case "context" -> text(path, value, name -> settings = settings.withContext(name));
                case "provisioner" -> text(path, value, driver -> settings = settings.withStorage(driver, Map.of()));
                case "storageParameters" ->
                    entries(path, value, (name, at, given) -> text(at, given, text -> parameters.put(name, text)));
                default -> unknown(path, NAMES);
            }
        }
    }
}
