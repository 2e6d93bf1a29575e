// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ssm;

import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.eks.Versions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.*;

/** SSM: the public parameters that name the recommended releases of node images. */
public final class Ssm extends AwsService {
    private static final Pattern RELEASE = Pattern.compile(
            "/aws/service/eks/optimized-ami/([0-9.]+)/amazon-linux-2023/(x86_64|arm64)/(standard|nvidia)/recommended/"
                    + "release_version");

    private static final int LONGEST_LIST = 10;

    public Ssm(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    GetParameterResponse getParameter(GetParameterRequest r) {
        return GetParameterResponse.builder()
                .parameter(find(r.name())
                        .orElseThrow(() -> AwsErrors.of(
                                ParameterNotFoundException.builder(), "Ssm", 400, "ParameterNotFound", r.name())))
                .build();
    }

    GetParametersResponse getParameters(GetParametersRequest r) {
        if (r.names().size() > LONGEST_LIST) {
            throw AwsErrors.of("ssm", 400, "ValidationException", "Member must have length less than or equal to 10");
        }
        return GetParametersResponse.builder()
                .parameters(
                        r.names().stream().flatMap(name -> find(name).stream()).toList())
                .invalidParameters(
                        r.names().stream().filter(name -> find(name).isEmpty()).toList())
                .build();
    }

    private Optional<Parameter> find(String name) {
        Matcher release = RELEASE.matcher(name);
        return release.matches()
                ? Optional.of(Parameter.builder()
                        .name(name)
                        .type(ParameterType.STRING)
                        .dataType("text")
                        .version(1L)
                        .lastModifiedDate(account.now())
                        .value(Versions.nodeRelease(account, release.group(1)))
                        .build())
                : Optional.empty();
    }
}
