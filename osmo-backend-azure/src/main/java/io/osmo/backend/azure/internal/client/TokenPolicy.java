// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.client;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.management.http.policy.ArmChallengeAuthenticationPolicy;

/** The policy of the SDK, which lets its callers ask one after the other, for callers that ask together first. */
final class TokenPolicy extends ArmChallengeAuthenticationPolicy {
    private final SharedCredentials credentials;
    private final String scope;

    TokenPolicy(SharedCredentials credentials, String scope) {
        super(credentials, scope);
        this.credentials = credentials;
        this.scope = scope;
    }

    @Override
    public void authorizeRequestSync(HttpPipelineCallContext context) {
        credentials.getTokenSync(new TokenRequestContext().addScopes(scope));
        super.authorizeRequestSync(context);
    }
}
