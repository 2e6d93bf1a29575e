// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** SSM: the public parameters that tell the recommended releases of node images. */
final class EmulatedSsm {
    private static final Pattern RELEASE = Pattern.compile(
            "/aws/service/eks/optimized-ami/([0-9.]+)/amazon-linux-2023/(x86_64|arm64)/(standard|nvidia)/recommended/"
                    + "release_version");

    private final AwsAccount account;

    EmulatedSsm(AwsAccount account) {
        this.account = account;
    }

    GetParameterResponse getParameter(GetParameterRequest r) {
        Matcher release = RELEASE.matcher(r.name());
        if (!release.matches()) {
            throw AwsErrors.of(ParameterNotFoundException.builder(), "Ssm", 400, "ParameterNotFound", r.name());
        }
        return GetParameterResponse.builder()
                .parameter(p -> p.name(r.name())
                        .type(ParameterType.STRING)
                        .dataType("text")
                        .version(1L)
                        .lastModifiedDate(account.now())
                        .value(EksVersions.nodeRelease(release.group(1))))
                .build();
    }
}
