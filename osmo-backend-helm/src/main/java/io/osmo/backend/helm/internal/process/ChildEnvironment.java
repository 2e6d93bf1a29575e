// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.process;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All environment variables that the child has. None of the host's is passed on: {@code KUBECONFIG} would name another cluster, the
 * address of a proxy may hold a password, and inside a pod {@code KUBERNETES_SERVICE_HOST} would let Helm ask that cluster.
 *
 * @see <a href="https://helm.sh/docs/helm/helm/">Helm: environment variables</a>
 */
final class ChildEnvironment {
    /** Without these, programs do not start on Windows. */
    private static final List<String> WINDOWS = List.of("SystemRoot", "windir");

    private ChildEnvironment() {}

    static Map<String, String> of(Path folder, Map<String, String> host) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : WINDOWS) {
            String value = host.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        for (String name : List.of("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")) {
            variables.put(name, folder.resolve("home").toString());
        }
        for (String name : List.of("TMPDIR", "TMP", "TEMP")) {
            variables.put(name, folder.resolve("tmp").toString());
        }
        for (String name : List.of("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")) {
            variables.put(name, folder.resolve("home").toString());
        }
        for (String name : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME", "HELM_PLUGINS")) {
            variables.put(name, folder.resolve("home").resolve("helm").toString());
        }
        variables.put("HELM_DRIVER", "memory");
        variables.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        // Names of files and texts in UTF-8.
        variables.put("LC_ALL", "C.UTF-8");
        return variables;
    }
}
