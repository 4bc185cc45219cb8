package dev.symbolon.ops;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back memory that a burst of requests left with the process: a jar's manifest takes no JVM options, but some can
 * be set while HotSpot runs. An option that the operator gave stays as given; another JVM is left alone.
 */
final class Footprint {
    private static final Logger LOG = LoggerFactory.getLogger(Footprint.class);

    /** In this order, since the least may not pass the most: a fifth of the heap free rather than 40 to 70 %. */
    private static final List<String> OPTIONS =
            List.of("MinHeapFreeRatio=10", "MaxHeapFreeRatio=20", "G1PeriodicGCInterval=10000");

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    Footprint() {
        try {
            var hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            for (String option : OPTIONS) {
                String[] pair = option.split("=", 2);
                if (hotspot.getVMOption(pair[0]).getOrigin() == Origin.DEFAULT) {
                    hotspot.setVMOption(pair[0], pair[1]);
                }
            }
        } catch (RuntimeException e) { // not HotSpot, or one without these options
            LOG.debug("the heap is left to the JVM: {}", e.getMessage());
        }
    }

    /** Returns what the C library holds on to after many small allocations; Linux alone has it. */
    void trim() {
        try {
            beans.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "systemTrimNativeHeap",
                    new Object[] {null},
                    new String[] {String[].class.getName()});
        } catch (JMException | RuntimeException e) {
            LOG.debug("native memory is left to the system: {}", e.getMessage());
        }
    }
}
