// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class DispatcherTest {
    private final CallLog calls = new CallLog(List.of());

    private Dispatcher dispatcher() {
        VirtualTime time = VirtualTime.seeded(1);
        AwsAccount account = new AwsAccount("123456789012", "aws", () -> Instant.EPOCH, 1, 100, Map.of());
        return new Dispatcher(account, new Faults(time, new AwsRefusals(), () -> List.of("*")), calls);
    }

    static final class Parameters {
        GetParameterResponse getParameter(GetParameterRequest r) {
            return GetParameterResponse.builder()
                    .parameter(p -> p.name(r.name()).value("1"))
                    .build();
        }
    }

    static final class Misspelled {
        GetCallerIdentityResponse getCallersIdentity(GetCallerIdentityRequest r) {
            return GetCallerIdentityResponse.builder().build();
        }
    }

    @Test
    void a_call_with_a_consumer_is_one_call() {
        SsmClient ssm = dispatcher().client(SsmClient.class, "ssm", List.of(new Parameters()), Optional.empty());

        assertThat(ssm.getParameter(r -> r.name("a")).parameter().name()).isEqualTo("a");
        assertThat(ssm.serviceName()).isEqualTo("ssm");
        assertThat(calls.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.operation()).isEqualTo("ssm:GetParameter"))
                .satisfies(call -> assertThat(call.reads()).isTrue());
    }

    @Test
    void accounts_share_the_class_of_a_client_and_nothing_else() {
        SsmClient one = dispatcher().client(SsmClient.class, "ssm", List.of(new Parameters()), Optional.empty());
        SsmClient other = dispatcher().client(SsmClient.class, "ssm", List.of(new Parameters()), Optional.empty());

        assertThat(one).isNotEqualTo(other).hasSameClassAs(other);
    }

    @Test
    void a_misspelled_method_is_found_at_once() {
        assertThatThrownBy(
                        () -> dispatcher().client(StsClient.class, "sts", List.of(new Misspelled()), Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("StsClient has no getCallersIdentity");
    }
}
