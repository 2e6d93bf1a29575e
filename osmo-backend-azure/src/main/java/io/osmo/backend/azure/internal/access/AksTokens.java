// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.access;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.internal.Arm;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureErrors;
import io.osmo.backend.cluster.ClusterAccess.Token;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Supplies tokens for one cluster and refreshes them: Microsoft Entra ID's tokens for AKS's server application, which is the
 * same in every tenant, or the local administrator's token if local accounts are on. Safe for concurrent use.
 */
final class AksTokens implements Supplier<Token> {
    /** Application id of AKS's API servers: learn.microsoft.com/azure/aks/kubelogin-authentication. */
    static final String SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private static final String SCOPE = SERVER + "/.default";

    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** An administrator's token has no end; it is fetched again after a while, since it can be rotated. */
    private static final Duration ADMIN = Duration.ofHours(1);

    private final AzureClients clients;
    private final Arm arm;
    private final AksSettings settings;
    private final InstantSource clock;
    private final ArmObject cluster;
    private final boolean admin;
    private @Nullable Token current;

    AksTokens(AzureClients clients, Arm arm, AksSettings settings, InstantSource clock, ArmObject cluster) {
        this.clients = clients;
        this.arm = arm;
        this.settings = settings;
        this.clock = clock;
        this.cluster = cluster;
        this.admin = isAdmin(settings, cluster);
    }

    /** Whether the administrator's own token is used, which no login gives. */
    static boolean isAdmin(AksSettings settings, ArmObject cluster) {
        return settings.localAccounts()
                && !cluster.json().at("/properties/disableLocalAccounts").asBoolean(false);
    }

    @Override
    public synchronized Token get() {
        Instant now = clock.instant();
        Token token = current;
        if (token == null || now.plus(MARGIN).isAfter(token.expiry())) {
            token = admin ? admin(now) : entra();
            current = token;
        }
        return token;
    }

    private Token admin(Instant now) {
        return new Token(Kubeconfig.adminToken(arm, cluster.id()), now.plus(ADMIN));
    }

    private Token entra() {
        TokenRequestContext request = new TokenRequestContext().addScopes(SCOPE);
        settings.tenant().ifPresent(request::setTenantId);
        try {
            AccessToken token = clients.credential().getTokenSync(request);
            return new Token(token.getToken(), token.getExpiresAt().toInstant());
        } catch (ClientAuthenticationException e) {
            throw AzureErrors.noCredential("token for the Kubernetes API of " + cluster.name(), e);
        }
    }
}
