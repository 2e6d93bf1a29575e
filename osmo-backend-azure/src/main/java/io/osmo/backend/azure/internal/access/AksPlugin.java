// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.access;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureCloud;
import io.osmo.backend.cluster.ClusterAccess.ExecPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Microsoft's plugin, as {@code kubelogin convert-kubeconfig -l azurecli} writes it into a kubeconfig. It takes the account of the Azure
 * CLI.
 *
 * @see <a href="https://azure.github.io/kubelogin/cli/get-token.html">get-token</a>
 */
final class AksPlugin {
    private AksPlugin() {}

    static ExecPlugin of(AksSettings settings) {
        List<String> arguments =
                new ArrayList<>(List.of("get-token", "--login", "azurecli", "--server-id", AksTokens.SERVER));
        arguments.addAll(List.of("--environment", environment(settings.cloud().orElse(AzureCloud.PUBLIC))));
        settings.tenant().ifPresent(tenant -> arguments.addAll(List.of("--tenant-id", tenant)));
        return new ExecPlugin(
                "kubelogin",
                arguments,
                Map.of(),
                false,
                "Install kubelogin: az aks install-cli, or https://azure.github.io/kubelogin/install.html");
    }

    private static String environment(AzureCloud cloud) {
        return switch (cloud) {
            case PUBLIC -> "AzurePublicCloud";
            case US_GOVERNMENT -> "AzureUSGovernmentCloud";
            case CHINA -> "AzureChinaCloud";
        };
    }
}
