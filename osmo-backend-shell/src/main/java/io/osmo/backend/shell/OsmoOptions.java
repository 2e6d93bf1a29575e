// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.OsmoServiceClientBuilder;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.report.Report;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Options for the OSMO service and its token. A token is never an argument, because process lists show arguments. */
final class OsmoOptions {
    @Option(names = "--osmo-url", paramLabel = "URL", description = "Also ask the OSMO service at this URL.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--osmo-token-env",
            paramLabel = "VARIABLE",
            description = "Environment variable with an access token of the service. Default: osmo.token of the spec.")
    private Optional<String> variable = Optional.empty();

    @Option(names = "--osmo-token-file", paramLabel = "FILE", description = "File with an access token of the service.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--osmo-ca",
            paramLabel = "FILE",
            description = "Certificate authorities of the service in PEM. Default: those of Java.")
    private Optional<Path> authorities = Optional.empty();

    /** Whether to call the service. */
    boolean wanted() {
        if (url.isEmpty() && (variable.isPresent() || file.isPresent() || authorities.isPresent())) {
            throw new UnusableException("--osmo-token-env, --osmo-token-file and --osmo-ca need --osmo-url.");
        }
        if (variable.isPresent() && file.isPresent()) {
            throw new UnusableException(
                    "--osmo-token-env and --osmo-token-file both name a token; leave out one of them.");
        }
        return url.isPresent();
    }

    /** Verifies, with the service if an option names it. */
    Report verify(BackendVerifier verifier, Optional<Secret> ofSpec, Function<BackendVerifier, Report> reading) {
        if (!wanted()) {
            return reading.apply(verifier);
        }
        OsmoServiceClientBuilder builder = OsmoServiceClient.builder();
        ofSpec.ifPresent(builder::token);
        try (OsmoServiceClient client = reached(builder).build()) {
            return reading.apply(verifier.osmo(client));
        }
    }

    /** Adds the service to preflights if an option names it. */
    OsmoBackends.Builder preflight(OsmoBackends.Builder host) {
        return wanted() ? host.osmoService(this::reached) : host;
    }

    private OsmoServiceClientBuilder reached(OsmoServiceClientBuilder client) {
        url.ifPresent(client::url);
        token().ifPresent(client::token);
        authorities.ifPresent(pem -> client.trust(InputFiles.text(pem)));
        return client;
    }

    private Optional<Secret> token() {
        return variable.map(Secret::env).or(() -> file.map(Secret::file));
    }
}
