// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes the OSMO service that the backend registers with. Not safe for concurrent use. */
public final class OsmoServiceBuilder {
    private String serviceUrl = "";
    private @Nullable String backendName;
    private @Nullable Secret token;
    private String operatorNamespace = "osmo-operator";
    private String workflowNamespace = "osmo-workflows";
    private String tokenSecretName = "osmo-backend-token-default";

    OsmoServiceBuilder() {}

    static OsmoServiceBuilder of(OsmoService osmo) {
        OsmoServiceBuilder builder = new OsmoServiceBuilder();
        builder.serviceUrl = osmo.serviceUrl();
        builder.backendName = osmo.backendName().orElse(null);
        builder.token = osmo.token().orElse(null);
        builder.operatorNamespace = osmo.operatorNamespace();
        builder.workflowNamespace = osmo.workflowNamespace();
        builder.tokenSecretName = osmo.tokenSecretName();
        return builder;
    }

    /** {@code https://} and a host, with a port if it needs one; no path, no trailing slash (NW-2, SC-3). Required. */
    public OsmoServiceBuilder serviceUrl(String url) {
        serviceUrl = Objects.requireNonNull(url, "url");
        return this;
    }

    /** Name under which the backend registers. Default: the name of the spec. */
    public OsmoServiceBuilder backendName(String name) {
        backendName = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Token of the backend, 43 or 64 characters of {@code [A-Za-z0-9_-]}; fetched when it is needed. In a written spec it
     * stands as {@code external: osmo-token}.
     */
    public OsmoServiceBuilder token(Supplier<String> supplier) {
        return token(Secret.of("osmo-token", supplier));
    }

    /** Token of the backend. Without one no Secret is made. */
    public OsmoServiceBuilder token(Secret secret) {
        token = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /** Namespace of the operator. Default: {@code osmo-operator}. */
    public OsmoServiceBuilder operatorNamespace(String name) {
        operatorNamespace = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Namespace of workflow pods. Default: {@code osmo-workflows}. */
    public OsmoServiceBuilder workflowNamespace(String name) {
        workflowNamespace = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Name of the Secret that holds the token. Default: {@code osmo-backend-token-default}. */
    public OsmoServiceBuilder tokenSecretName(String name) {
        tokenSecretName = Objects.requireNonNull(name, "name");
        return this;
    }

    void resolveSecrets(SecretResolver resolver) {
        token = token == null ? null : token.resolvedBy(resolver);
    }

    OsmoService draft() {
        return ImmutableOsmoService.builder()
                .serviceUrl(serviceUrl)
                .backendName(Optional.ofNullable(backendName))
                .token(Optional.ofNullable(token))
                .operatorNamespace(operatorNamespace)
                .workflowNamespace(workflowNamespace)
                .tokenSecretName(tokenSecretName)
                .build();
    }
}
