// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import java.net.URI;

/**
 * How the service is installed.
 *
 * @param release such as {@code 6.3.1}
 * @param byFile whether it takes its configuration from a file, as it always does from 6.4 on
 * @param url where users and operators reach it, such as {@code https://osmo.example.com}
 * @param controlNamespace namespace of the service in its own cluster
 */
public record ServiceSetup(String release, boolean byFile, String url, String controlNamespace) {
    public ServiceSetup {
        if (!release.matches("6\\.[34]\\.\\d+")) {
            throw new IllegalArgumentException("releases 6.3 and 6.4 are emulated, not " + release);
        }
        if (isOneChart(release) && !byFile) {
            throw new IllegalArgumentException(release + " takes its configuration from a file only");
        }
    }

    private static boolean isOneChart(String release) {
        return release.startsWith("6.4.");
    }

    /** Whether it has Secrets with tokens, and refuses an operator that runs workflows in another namespace than the file says. */
    boolean checksNamespace() {
        return isOneChart(release);
    }

    public boolean hasSecrets() {
        return isOneChart(release);
    }

    /** Where the configuration is in the values of its chart. */
    String chart() {
        return isOneChart(release) ? "/configuration" : "/services/configs";
    }

    /** What a new row gets. */
    String routerAddress() {
        return "wss://" + URI.create(url).getHost();
    }
}
