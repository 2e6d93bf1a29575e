// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VcpuQuotaTest {
    @ParameterizedTest
    @CsvSource({
        "m7i.2xlarge, false, L-1216C47A",
        "im4gn.large, false, L-1216C47A",
        "t3.medium, true, L-34B43A08",
        "g4dn.xlarge, false, L-DB2E81BA",
        "gr6.4xlarge, false, L-DB2E81BA",
        "vt1.3xlarge, true, L-3819A6DF",
        "p5.48xlarge, false, L-417A185B",
        "p6-b200.48xlarge, false, L-417A185B",
        "p4d.24xlarge, true, L-7212CCBC",
        "p5.48xlarge, true, ''",
        "inf2.xlarge, false, L-1945791B",
        "trn1.2xlarge, false, L-2C3B7624",
        "hpc7g.4xlarge, false, L-F7808C92",
        "hpc7g.4xlarge, true, ''",
        "u-6tb1.56xlarge, false, L-43DA4232",
        "x2idn.16xlarge, false, L-7295265B",
        "f2.12xlarge, true, L-88CF9481",
        "q1.large, false, ''",
        "?, false, ''"
    })
    void a_machine_counts_to_the_quota_of_its_family(String type, boolean spot, String code) {
        assertThat(VcpuQuota.of(type, spot).code()).isEqualTo(code);
    }
}
