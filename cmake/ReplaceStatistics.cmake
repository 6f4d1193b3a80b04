# cmake -DINPUT=FILE -DOUTPUT=FILE -P: the classes of passes that mlir-tblgen
# made, with statistics that count whatever LLVM they are compiled against.
file(READ ${INPUT} text)
string(REPLACE "::mlir::Pass::Statistic " "::mlir::tasd::PassStatistic " text "${text}")
file(WRITE ${OUTPUT} "${text}")
