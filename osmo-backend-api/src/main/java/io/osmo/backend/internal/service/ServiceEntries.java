// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.values.OsmoValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The entries of one backend in the configuration of an OSMO service, for those who remove them. */
final class ServiceEntries {
    private ServiceEntries() {}

    /** Where they are, as one sentence without a full stop. */
    static String of(BackendSpec spec) {
        OsmoService osmo = spec.osmo().orElseThrow();
        String name = osmo.backendName().orElse(spec.name());
        if (osmo.release().isEmpty()) {
            return "the backend " + name + " and what refers to it";
        }
        Map<String, Object> values = OsmoValues.of(spec).service();
        boolean oneChart = values.containsKey("configuration");
        Map<?, ?> configuration = oneChart ? map(values, "configuration") : map(map(values, "services"), "configs");
        List<String> entries = new ArrayList<>();
        configuration.forEach((section, content) -> {
            if (content instanceof Map<?, ?> named) {
                named.keySet().forEach(key -> entries.add(section + "." + key));
            }
        });
        String inValues = "in its values, under " + (oneChart ? "configuration" : "services.configs") + ", "
                + String.join(", ", entries);
        return oneChart
                ? inValues + "; the identity backend-operator-" + name
                        + " under authentication.bootstrap.identities; and the Secret " + osmo.tokenSecretName()
                : inValues
                        + "; of a service that keeps its configuration in a database, with OsmoServiceClient.deleteBackend";
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> child ? child : Map.of();
    }
}
