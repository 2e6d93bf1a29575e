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

/** Which OSMO service to ask, and with what token. A token is never an argument: arguments show in lists of processes. */
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

    /** Whether the service is to be asked. */
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

    /** Verifies with the service, if it is to be asked. */
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

    /** Lets preflights ask the service, if it is to be asked. */
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
