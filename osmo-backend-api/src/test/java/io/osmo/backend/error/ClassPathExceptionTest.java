// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassPathExceptionTest {
    @Test
    void jars_of_missing_methods_and_of_the_code_at_work_are_named() {
        LinkageError missing =
                new NoSuchMethodError("'void com.fasterxml.jackson.databind.ObjectMapper.write(java.lang.Boolean)'");
        missing.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.slf4j.LoggerFactory", "getLogger", "LoggerFactory.java", 1),
            new StackTraceElement("io.osmo.backend.OsmoBackends", "plan", "OsmoBackends.java", 1),
            new StackTraceElement("java.lang.Thread", "run", "Thread.java", 1)
        });

        ClassPathException named = ClassPathException.of(missing);

        assertThat(named.jars()).hasSize(2);
        assertThat(named.jars().get(0)).matches("jackson-databind-\\d.*\\.jar");
        assertThat(named.jars().get(1)).matches("slf4j-api-\\d.*\\.jar");
        assertThat(named)
                .hasMessageContaining("do not fit together")
                .hasMessageContaining("ObjectMapper.write")
                .hasMessageContaining(named.jars().get(0))
                .hasCause(missing);
        assertThat(named.remedy()).contains("osmo-backend-bom");
    }

    @Test
    void a_missing_class_has_no_jar() {
        assertThat(ClassPathException.of(new NoClassDefFoundError("com/example/Gone"))
                        .jars())
                .noneMatch(jar -> jar.contains("Gone"));
    }
}
