// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.gcp.GcpTarget;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.GcpErrors;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Application-default credentials and their project, found when they are first needed. */
public final class ApplicationCredentials {
    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/cloud-platform");
    private static final int TOKEN_SECONDS = 3600;

    private ApplicationCredentials() {}

    /** A target with the credentials of this machine and the endpoints of the settings. */
    public static GcpTarget target(GkeSettings settings) {
        Supplier<GoogleCredentials> found = () -> credentials(settings);
        GcpTarget.Builder target = GcpTarget.builder(() -> project(settings, found), () -> (Credentials) found.get());
        EndpointVariable.read(System.getenv()).forEach(target::endpoint);
        settings.endpoints().forEach(target::endpoint);
        return target.build();
    }

    private static GoogleCredentials credentials(GkeSettings settings) {
        try {
            return used(GoogleCredentials.getApplicationDefault(), settings);
        } catch (IOException e) {
            throw GcpErrors.noCredentials("application-default credentials", e);
        }
    }

    /** @param own the credentials of this machine */
    static GoogleCredentials used(GoogleCredentials own, GkeSettings settings) {
        GoogleCredentials used = settings.impersonate()
                .<GoogleCredentials>map(
                        account -> ImpersonatedCredentials.create(own, account, List.of(), SCOPES, TOKEN_SECONDS))
                .orElseGet(() -> own.createScopedRequired() ? own.createScoped(SCOPES) : own);
        return settings.quotaProject().map(used::createWithQuotaProject).orElse(used);
    }

    private static String project(GkeSettings settings, Supplier<GoogleCredentials> credentials) {
        return settings.project()
                .or(() -> given(System.getenv("GOOGLE_CLOUD_PROJECT")))
                .or(() -> ofCredentials(credentials.get()))
                .orElseThrow(() -> CloudException.builder(CloudError.INVALID_REQUEST, "application-default credentials")
                        .code("NO_PROJECT")
                        .message("no project in the settings, the environment or the credentials")
                        .remedy("Set settings.project, or the environment variable GOOGLE_CLOUD_PROJECT.")
                        .build());
    }

    private static Optional<String> ofCredentials(GoogleCredentials credentials) {
        Stream<String> account = credentials instanceof ServiceAccountCredentials key
                ? Stream.ofNullable(key.getProjectId())
                : Stream.empty();
        return Stream.concat(account, Stream.ofNullable(credentials.getQuotaProjectId()))
                .findFirst();
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isBlank());
    }
}
